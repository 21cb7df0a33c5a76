"""The tables of the index, step by step: a later version adds steps, and runs those it lacks."""


def _emptied(*tables: str) -> str:
    """Has what was kept in tables read or made again."""
    return "".join(f"DELETE FROM {table};\n" for table in tables)


_OF_FILES = ("files", "documents", "chunks", "items", "names", "faults")
_READ_ANEW = (*_OF_FILES, "links", "link_names", "sinces")
"""All that comes of reading the files again."""

_LOOKED_AT_ANEW = "UPDATE files SET hash = '';"
_WITHOUT_FULL_TEXT = """
    DROP TABLE IF EXISTS words;
    DROP TABLE IF EXISTS named;
    DROP TABLE IF EXISTS passages;
    """

SCHEMA = (
    """
    CREATE TABLE files (
        folder INTEGER, relative TEXT, size INTEGER, changed INTEGER, hash TEXT,
        kind TEXT, declared TEXT, document TEXT, PRIMARY KEY (folder, relative)) WITHOUT ROWID;
    CREATE TABLE documents (
        number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT UNIQUE, kind TEXT, title TEXT, title_zh TEXT,
        date TEXT, folder INTEGER, relative TEXT, head TEXT, sizes BLOB);
    CREATE TABLE chunks (
        document INTEGER, number INTEGER, body TEXT, PRIMARY KEY (document, number)) WITHOUT ROWID;
    CREATE TABLE items (
        id TEXT PRIMARY KEY, kind TEXT, document TEXT, title TEXT, title_zh TEXT, block INTEGER,
        line INTEGER, topics TEXT, summary TEXT, path TEXT) WITHOUT ROWID;
    CREATE INDEX items_of ON items (document, block);
    CREATE INDEX items_by_kind ON items (kind, title);
    CREATE TABLE names (
        name TEXT, item TEXT, rank INTEGER, document TEXT, PRIMARY KEY (name, item)) WITHOUT ROWID;
    CREATE INDEX names_of ON names (document);
    CREATE TABLE links (document TEXT, source TEXT, block INTEGER, target TEXT, name TEXT, item TEXT);
    CREATE INDEX links_of ON links (document, block);
    CREATE INDEX links_to ON links (item);
    CREATE INDEX links_named ON links (name);
    CREATE TABLE faults (
        folder INTEGER, relative TEXT, path TEXT, line INTEGER, severity TEXT, message TEXT);
    CREATE INDEX faults_of ON faults (folder, relative);
    """,
    "CREATE TABLE figures (expression TEXT PRIMARY KEY, stamp TEXT, text TEXT) WITHOUT ROWID;",
    _emptied(*_OF_FILES)
    + """
    DROP TABLE links;
    CREATE TABLE links (
        number INTEGER PRIMARY KEY, document TEXT, source TEXT, block INTEGER, target TEXT, item TEXT);
    CREATE INDEX links_of ON links (document, block);
    CREATE INDEX links_to ON links (item);
    CREATE TABLE link_names (name TEXT, link INTEGER, PRIMARY KEY (name, link)) WITHOUT ROWID;
    CREATE INDEX link_names_of ON link_names (link);
    CREATE INDEX documents_listed ON documents (
        kind, date DESC, title COLLATE NOCASE, id, title, title_zh, folder, relative);
    CREATE TABLE kinds (kind TEXT PRIMARY KEY, documents INTEGER) WITHOUT ROWID;
    CREATE TRIGGER document_added AFTER INSERT ON documents BEGIN
        INSERT OR IGNORE INTO kinds VALUES (new.kind, 0);
        UPDATE kinds SET documents = documents + 1 WHERE kind = new.kind;
    END;
    CREATE TRIGGER document_dropped AFTER DELETE ON documents BEGIN
        UPDATE kinds SET documents = documents - 1 WHERE kind = old.kind;
    END;
    """,
    "CREATE INDEX links_between ON links (document, item, number);",
    _emptied(*_OF_FILES, "links", "link_names")
    + _WITHOUT_FULL_TEXT
    + "ALTER TABLE documents RENAME COLUMN sizes TO sections;",
    "CREATE TABLE sinces (document TEXT, day TEXT, PRIMARY KEY (document, day)) WITHOUT ROWID;\n"
    + _LOOKED_AT_ANEW,
    _LOOKED_AT_ANEW,
    _LOOKED_AT_ANEW,
    _LOOKED_AT_ANEW,
    _emptied(*_READ_ANEW, "figures") + _WITHOUT_FULL_TEXT + "ALTER TABLE items ADD COLUMN seal INTEGER;",
    _emptied(*_READ_ANEW)
    + _WITHOUT_FULL_TEXT
    + """
    ALTER TABLE documents ADD COLUMN seal INTEGER;
    ALTER TABLE names ADD COLUMN seal INTEGER;
    ALTER TABLE links ADD COLUMN seal INTEGER;
    DROP INDEX documents_listed;
    CREATE INDEX documents_listed ON documents (
        kind, date DESC, title COLLATE NOCASE, id, title, title_zh, folder, relative, seal);
    """,
    _LOOKED_AT_ANEW,
    _LOOKED_AT_ANEW,
)
"""The full text (`briefings.search.fulltext`) is no step: it is made anew where it is missing."""
