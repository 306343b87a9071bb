"""The five-year fallback certificate (資格確認書): asking, issuing, showing, checking."""
