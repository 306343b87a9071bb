"""Sign-in with the My Number card: OpenID Connect with the Digital Agency's authentication app."""
