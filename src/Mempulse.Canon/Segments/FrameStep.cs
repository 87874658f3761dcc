namespace Mempulse.Canon.Segments;

/// <summary>The outcome of one step over the frames of a segment.</summary>
internal enum FrameStep
{
    /// <summary>A valid frame.</summary>
    Frame = 0,

    /// <summary>The end: the limit was reached, or zeros, a footer or the end of the file follow.</summary>
    End = 1,

    /// <summary>Bytes that are not a valid frame.</summary>
    Broken = 2,
}
