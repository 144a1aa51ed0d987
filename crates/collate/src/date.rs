//! Dates an undated document from the others of its story.
