"""Release the site that was built: check that it may go out, then bring it to a folder, a branch or an object store."""
