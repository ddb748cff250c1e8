"""The site's shell: layout, GOV.UK components, errors, the middleware that denies by default."""
