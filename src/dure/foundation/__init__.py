"""What every room stands on: accounts, organisations, audit, jobs, files, notices, documents."""
