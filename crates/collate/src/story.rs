//! Groups documents into stories.
