//! Report → bytes: text, JSON, Markdown, HTML.
