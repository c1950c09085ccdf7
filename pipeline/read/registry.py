"""Which function reads which format, and what to say about formats that no function reads."""

from __future__ import annotations

# format (a value of `sniff`) -> "module:function"; the function takes (data, name, path) and returns a Source.
READERS: dict[str, str] = {
    "txt": "policy_commitments.pipeline.read.txt:read_txt",
    "md": "policy_commitments.pipeline.read.md:read_md",
    "docx": "policy_commitments.pipeline.read.docx:read_docx",
    "doc": "policy_commitments.pipeline.read.doc:read_doc",
    "ofd": "policy_commitments.pipeline.read.ofd:read_ofd",
    "rtf": "policy_commitments.pipeline.read.soffice:read_converted",
    "word_xml": "policy_commitments.pipeline.read.soffice:read_converted",
    "odt": "policy_commitments.pipeline.read.soffice:read_converted",
    "image": "policy_commitments.pipeline.read.ocr:read_image",
    "html": "policy_commitments.pipeline.read.html:read_html",
    "pdf": "policy_commitments.pipeline.read.pdf:read_pdf",
    "mht": "policy_commitments.pipeline.read.html:read_mht",
}

# format -> (code, what is wrong with the file, what helps)
UNREADABLE: dict[str, tuple[str, str, str]] = {
    "empty": ("empty_file", "holds nothing but blanks", "fetch the file again: the download was empty"),
    "encrypted": (
        "encrypted_office",
        "is an Office file locked with a password",
        "open it in Word with its password and save it without one",
    ),
    "xlsx": ("spreadsheet", "is a spreadsheet (.xlsx)", "save the sheet as .docx or .html, or copy it into a document"),
    "xls": ("spreadsheet", "is a spreadsheet (.xls)", "save the sheet as .docx or .html, or copy it into a document"),
    "pptx": ("slides", "is a slide show (.pptx)", "save it as PDF"),
    "ppt": ("slides", "is a slide show (.ppt)", "save it as PDF"),
    "xml": ("xml_file", "is XML of no document format that is known", "save it as .docx, .pdf or .html"),
    "zip": (
        "archive",
        "is an archive and no document",
        "name it .zip, so that its members are read one by one; if it is named so, unpack it and see what it holds",
    ),
    "rar": ("archive", "is a RAR archive", "unpack it and give the folder as SOURCE"),
    "7z": ("archive", "is a 7z archive", "unpack it and give the folder as SOURCE"),
    "gz": ("archive", "is a gzip archive", "unpack it and give the folder as SOURCE"),
    "broken_zip": (
        "broken_zip",
        "begins like an Office file or archive, but is cut off or damaged",
        "fetch the file again, or open it in Word or WPS, let it be repaired and save it",
    ),
    "broken_ole": (
        "broken_doc",
        "is an old Office file that is cut off or damaged",
        "fetch the file again, or open it in Word or WPS, let it be repaired and save it as .docx",
    ),
    "ole": ("office_binary", "is an old Office file without a Word document", "open it in Word or WPS and save it as .docx"),
    "binary": (
        "binary_file",
        "is no text and no document format that is known",
        "check that the download is the document itself; save it as .docx, .pdf or .txt",
    ),
    "unknown": ("unknown_format", "has a format that nothing here reads", "save it as .docx, .pdf or .txt"),
}
