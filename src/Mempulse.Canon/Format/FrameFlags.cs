namespace Mempulse.Canon.Format;

/// <summary>Particulars of a frame.</summary>
[Flags]
internal enum FrameFlags
{
    /// <summary>An ordinary commit.</summary>
    None = 0,

    /// <summary>The last frame of the segment before, which nothing proved to be durable, written again by the next writer.</summary>
    Carried = 1,
}
