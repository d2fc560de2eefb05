"""Hold what every edge of the front needs: typed app keys, the feed, security headers, the paths of static files."""
