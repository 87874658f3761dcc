namespace Mempulse.Devp2p.Rlpx;

/// <summary>Verifies and decrypts the frames of one direction, in place.</summary>
/// <remarks>Confined to one thread at a time. After the first false the connection is unusable: the MAC states have diverged.</remarks>
internal sealed class FrameReader(SessionSecrets secrets) : IDisposable
{
    private readonly AesCounterMode _cipher = new(secrets.AesSecret, new byte[AesCounterMode.BlockBytes]);
    private readonly FrameMac _mac = secrets.Ingress;

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();

    /// <summary>Reads <see cref="FrameLayout.HeaderAndTagBytes"/> bytes; false when the tag is wrong.</summary>
    /// <param name="headerAndTag">The encrypted header and its tag; the header is decrypted in place.</param>
    /// <param name="bodyBytes">Length of the body without padding.</param>
    public bool TryReadHeader(Span<byte> headerAndTag, out int bodyBytes)
    {
        bodyBytes = 0;
        Span<byte> tag = stackalloc byte[FrameMac.TagBytes];
        var header = headerAndTag[..FrameLayout.HeaderBytes];
        _mac.TagHeader(header, tag);
        if (!FrameMac.AreEqual(tag, headerAndTag[FrameLayout.HeaderBytes..]))
        {
            return false;
        }

        _cipher.Transform(header);
        bodyBytes = (header[0] << 16) | (header[1] << 8) | header[2];
        return true;
    }

    /// <summary>Reads a padded body and its tag, and decrypts the body in place; false when the tag is wrong.</summary>
    public bool TryReadBody(Span<byte> bodyAndTag)
    {
        Span<byte> tag = stackalloc byte[FrameMac.TagBytes];
        var body = bodyAndTag[..^FrameMac.TagBytes];
        _mac.TagBody(body, tag);
        if (!FrameMac.AreEqual(tag, bodyAndTag[^FrameMac.TagBytes..]))
        {
            return false;
        }

        _cipher.Transform(body);
        return true;
    }
}
