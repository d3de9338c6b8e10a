"""Tables that are taken along: the workbook and its columns, each with a sentence that says what it is."""
