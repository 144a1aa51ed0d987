//! Compressed or plain → a stream of bytes with a cap: gzip (also of several members) and Zstandard (also of several
//! frames), told by their first bytes.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use super::{MAX_PAGE_BYTES, Problem};

const GZIP: &[u8] = &[0x1f, 0x8b];
const ZSTD: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];
/// How much of a stream is looked at to say what it is.
const HEAD_BYTES: usize = 8 << 10;

/// A stream of unpacked bytes.
pub(super) struct Unpacked<'a> {
    inner: Box<dyn BufRead + 'a>,
    /// "gzip", "zstd" or nothing.
    codec: Option<&'static str>,
}

/// Looks at the first bytes of `raw` and unpacks it if they say so.
pub(super) fn open<'a>(name: &str, raw: &'a mut dyn Read) -> Result<Unpacked<'a>, Problem> {
    let mut magic = Vec::new();
    raw.take(4).read_to_end(&mut magic).map_err(|e| Problem::io(name, &e))?;
    if magic.is_empty() {
        return Err(Problem::empty(name));
    }
    let whole = BufReader::with_capacity(64 << 10, io::Cursor::new(magic.clone()).chain(raw));
    let (inner, codec): (Box<dyn BufRead + 'a>, _) = if magic.starts_with(GZIP) {
        (Box::new(BufReader::new(MultiGzDecoder::new(whole))), Some("gzip"))
    } else if is_zstd(&magic) {
        (
            Box::new(BufReader::new(ZstdFrames {
                source: whole,
                decoder: FrameDecoder::new(),
                is_in_frame: false,
            })),
            Some("zstd"),
        )
    } else {
        (Box::new(whole), None)
    };
    Ok(Unpacked { inner, codec })
}

/// A frame, or a skippable frame before it.
fn is_zstd(magic: &[u8]) -> bool {
    magic.starts_with(ZSTD) || (magic.get(1..4) == Some(&[0x2a, 0x4d, 0x18]) && magic[0] & 0xf0 == 0x50)
}

impl Unpacked<'_> {
    /// The first bytes, which stay to be read.
    pub(super) fn head(&mut self, name: &str) -> Result<Vec<u8>, Problem> {
        let mut head = Vec::new();
        (&mut self.inner)
            .take(HEAD_BYTES as u64)
            .read_to_end(&mut head)
            .map_err(|e| self.problem(name, &e))?;
        if head.is_empty() {
            return Err(Problem::empty(name));
        }
        let rest = std::mem::replace(&mut self.inner, Box::new(io::empty()));
        self.inner = Box::new(io::Cursor::new(head.clone()).chain(rest));
        Ok(head)
    }

    /// All of it, as one page.
    pub(super) fn read_page(&mut self, name: &str) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let result = self.take(MAX_PAGE_BYTES + 1).read_to_end(&mut bytes);
        result.map_err(|e| self.problem(name, &e))?;
        if bytes.len() as u64 > MAX_PAGE_BYTES {
            return Err(Problem::too_large(name));
        }
        Ok(bytes)
    }

    /// What an error while reading means to the user.
    pub(super) fn problem(&self, name: &str, error: &io::Error) -> Problem {
        match self.codec {
            Some(codec) => Problem::unpacking(name, codec, error),
            None => Problem::io(name, error),
        }
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        self.inner.read(buf)
    }
}

impl BufRead for Unpacked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.inner.consume(n);
    }
}

/// Zstandard frames one after the other; skippable frames are skipped (RFC 8878, §3.1.2).
struct ZstdFrames<R: BufRead> {
    source: R,
    decoder: FrameDecoder,
    is_in_frame: bool,
}

impl<R: BufRead> Read for ZstdFrames<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.decoder.can_collect() > 0 || buf.is_empty() {
                return self.decoder.read(buf);
            }
            if !self.is_in_frame {
                if self.source.fill_buf()?.is_empty() {
                    return Ok(0);
                }
                self.open_frame()?;
            } else if self.decoder.is_finished() {
                self.close_frame()?;
            } else {
                let blocks = BlockDecodingStrategy::UptoBlocks(1);
                let result = self.decoder.decode_blocks(&mut self.source, blocks);
                result.map(|_| ()).map_err(|e| self.broken(&e))?;
            }
        }
    }
}

impl<R: BufRead> ZstdFrames<R> {
    fn open_frame(&mut self) -> io::Result<()> {
        match self.decoder.reset(&mut self.source) {
            Ok(()) => self.is_in_frame = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                io::copy(&mut (&mut self.source).take(u64::from(length)), &mut io::sink())?;
            }
            Err(error) => return Err(self.broken(&error)),
        }
        Ok(())
    }

    fn close_frame(&mut self) -> io::Result<()> {
        self.is_in_frame = false;
        match self.decoder.get_checksum_from_data() {
            Some(sum) if self.decoder.get_calculated_checksum() != Some(sum) => {
                Err(io::Error::new(io::ErrorKind::InvalidData, "the checksum does not match"))
            }
            _ => Ok(()),
        }
    }

    /// The decoder does not tell an early end from other errors: nothing left to read does.
    fn broken(&mut self, error: &FrameDecoderError) -> io::Error {
        let is_at_end = self.source.fill_buf().is_ok_and(<[u8]>::is_empty);
        let kind = if is_at_end { io::ErrorKind::UnexpectedEof } else { io::ErrorKind::InvalidData };
        io::Error::new(kind, error.to_string())
    }
}
