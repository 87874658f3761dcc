namespace Mempulse.Devp2p.Rlpx;

/// <summary>The lengths of the parts of an RLPx frame.</summary>
internal static class FrameLayout
{
    public const int HeaderBytes = 16;

    /// <summary>Bytes to read before the body size is known.</summary>
    public const int HeaderAndTagBytes = HeaderBytes + FrameMac.TagBytes;

    /// <summary>Maximum body size: the size field has 24 bits.</summary>
    public const int MaxBodyBytes = (1 << 24) - 1;

    /// <summary>Returns the length of a body on the wire, padded to 16 bytes, without its tag.</summary>
    public static int Padded(int bodyBytes) => (bodyBytes + AesCounterMode.BlockBytes - 1) / AesCounterMode.BlockBytes * AesCounterMode.BlockBytes;
}
