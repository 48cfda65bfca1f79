"""Assets under names that hold their hash."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedAssets(CompressedManifestStaticFilesStorage):
    """Also renames what one script imports from another: under two names, a module would be loaded and run twice."""

    support_js_module_import_aggregation = True
