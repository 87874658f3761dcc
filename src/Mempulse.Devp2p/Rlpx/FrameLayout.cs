namespace Mempulse.Devp2p.Rlpx;

/// <summary>Lengths within a frame.</summary>
internal static class FrameLayout
{
    public const int HeaderBytes = 16;

    /// <summary>What has to be read before the size of the body is known.</summary>
    public const int HeaderAndTagBytes = HeaderBytes + FrameMac.TagBytes;

    /// <summary>The size has 24 bits.</summary>
    public const int MaxBodyBytes = (1 << 24) - 1;

    /// <summary>A body's length on the wire, without its tag.</summary>
    public static int Padded(int bodyBytes) => (bodyBytes + AesCounterMode.BlockBytes - 1) / AesCounterMode.BlockBytes * AesCounterMode.BlockBytes;
}
