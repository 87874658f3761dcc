using Mempulse.Primitives.Encoding;

namespace Mempulse.Devp2p.Rlpx;

/// <summary>Encrypts and tags the frames of one direction.</summary>
/// <remarks>
/// <see href="https://github.com/ethereum/devp2p/blob/master/rlpx.md#framing"/>: a 16-byte header (3-byte size, constant header data, zeros), tag, body
/// padded to 16 bytes, tag. Confined to one thread at a time; send frames in the order in which they were written.
/// </remarks>
internal sealed class FrameWriter(SessionSecrets secrets) : IDisposable
{
    private static ReadOnlySpan<byte> HeaderData => [0xc2, 0x80, 0x80];

    private readonly AesCounterMode _cipher = new(secrets.AesSecret, new byte[AesCounterMode.BlockBytes]);
    private readonly FrameMac _mac = secrets.Egress;

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    /// <summary>Appends <paramref name="body"/> as one frame.</summary>
    /// <exception cref="ArgumentException">The body exceeds <see cref="FrameLayout.MaxBodyBytes"/>.</exception>
    public void Write(ReadOnlySpan<byte> body, ByteBuffer output)
    {
        if (body.Length > FrameLayout.MaxBodyBytes)
        {
            throw new ArgumentException($"A body of {body.Length} bytes does not fit into a frame: expected at most {FrameLayout.MaxBodyBytes}.", nameof(body));
        }

        int paddedBytes = FrameLayout.Padded(body.Length);
        var frame = output.Append(FrameLayout.HeaderAndTagBytes + paddedBytes + FrameMac.TagBytes);
        var header = frame[..FrameLayout.HeaderBytes];
        header.Clear();
        header[0] = (byte)(body.Length >> 16);
        header[1] = (byte)((body.Length >> 8) & 0xff);
        header[2] = (byte)(body.Length & 0xff);
        HeaderData.CopyTo(header[3..]);
        _cipher.Transform(header);
        _mac.TagHeader(header, frame.Slice(FrameLayout.HeaderBytes, FrameMac.TagBytes));

        var padded = frame.Slice(FrameLayout.HeaderAndTagBytes, paddedBytes);
        body.CopyTo(padded);
        padded[body.Length..].Clear();
        _cipher.Transform(padded);
        _mac.TagBody(padded, frame[^FrameMac.TagBytes..]);
    }
}
