"""What a site's machines sent or a person uploaded: imports, tags, quarantine."""
