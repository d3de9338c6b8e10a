"""What reportlab lacks: tags and links, fonts and text through one door, pieces above and beside one another."""
