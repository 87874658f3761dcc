namespace Mempulse.Features.Registry;

/// <summary>How a step of a path chooses a part.</summary>
internal enum PathStepKind
{
    /// <summary>By its place.</summary>
    Place = 0,

    /// <summary>By the number that another argument is.</summary>
    Stated,

    /// <summary>The last element that is not zero.</summary>
    LastUsed,
}
