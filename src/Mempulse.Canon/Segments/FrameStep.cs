namespace Mempulse.Canon.Segments;

/// <summary>What stood at a place between two frames.</summary>
internal enum FrameStep
{
    /// <summary>A valid frame.</summary>
    Frame = 0,

    /// <summary>The end: the limit was reached, or zeros, the end of the file or a footer follow.</summary>
    End = 1,

    /// <summary>Bytes that are no valid frame.</summary>
    Broken = 2,
}
