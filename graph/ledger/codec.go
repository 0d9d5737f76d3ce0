package ledger

import (
	"fmt"
	"sync"

	"github.com/klauspost/compress/s2"
	"github.com/klauspost/compress/zstd"
)

// The codecs of sections.
const (
	codecNone = 0
	codecS2   = 1
	codecZstd = 2
)

// zstdEncoder and zstdDecoder are made once and are safe for concurrent use of EncodeAll and DecodeAll.
var (
	zstdEncoder = sync.OnceValue(func() *zstd.Encoder {
		e, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderCRC(false), zstd.WithEncoderConcurrency(1), zstd.WithSingleSegment(true))
		if err != nil {
			panic(err) // only options out of range fail
		}
		return e
	})
	zstdDecoder = sync.OnceValue(func() *zstd.Decoder {
		d, err := zstd.NewReader(nil, zstd.WithDecoderMaxMemory(maxRecord), zstd.WithDecoderConcurrency(0), zstd.WithDecodeAllCapLimit(true))
		if err != nil {
			panic(err) // only options out of range fail
		}
		return d
	})
)

// pack compresses a section, or leaves it if that saves nothing.
func pack(codec byte, raw []byte) (byte, []byte) {
	var packed []byte
	switch codec {
	case codecS2:
		packed = s2.Encode(nil, raw)
	case codecZstd:
		packed = zstdEncoder().EncodeAll(raw, nil)
	}
	if packed == nil || len(packed) >= len(raw) {
		return codecNone, raw
	}
	return codec, packed
}

// unpack undoes pack. What it gives shares memory with stored if there was nothing to undo. rawLen is what the
// section table says; it has been checked against maxRecord.
func unpack(codec byte, stored []byte, rawLen int) ([]byte, error) {
	var raw []byte
	var err error
	switch codec {
	case codecNone:
		raw = stored
	case codecS2:
		if n, e := s2.DecodedLen(stored); e != nil || n != rawLen {
			return nil, fmt.Errorf("%w: s2 of another length", errWire)
		}
		raw, err = s2.Decode(make([]byte, rawLen), stored)
	case codecZstd:
		raw, err = zstdDecoder().DecodeAll(stored, make([]byte, 0, rawLen))
	default:
		return nil, fmt.Errorf("%w: codec %d", errWire, codec)
	}
	if err != nil || len(raw) != rawLen {
		return nil, fmt.Errorf("%w: a section that does not decompress", errWire)
	}
	return raw, nil
}
