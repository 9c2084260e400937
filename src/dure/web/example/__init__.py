"""The example nation: small invented firms, one factory with simulated data, all labelled 예시."""
