"""The facilitator's guide: how such a workshop is prepared, led and followed up, told once for page and paper."""
