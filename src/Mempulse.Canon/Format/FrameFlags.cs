namespace Mempulse.Canon.Format;

/// <summary>The flags of a frame.</summary>
[Flags]
internal enum FrameFlags
{
    /// <summary>An ordinary commit.</summary>
    None = 0,

    /// <summary>The last frame of the previous segment, which nothing proved durable, written again by the next writer.</summary>
    Carried = 1,
}
