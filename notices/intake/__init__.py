"""From a government site's list page to a notice: fetch, parse, recognise, keep (DESIGN 4.1, 4.2)."""
