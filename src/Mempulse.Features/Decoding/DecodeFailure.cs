namespace Mempulse.Features.Decoding;

/// <summary>Why a call cannot be decoded.</summary>
public enum DecodeFailure
{
    /// <summary>It is decoded, or its status says why not.</summary>
    None = 0,

    /// <summary>Calldata of one to three bytes.</summary>
    NoSelector,

    /// <summary>The registry does not know the selector.</summary>
    UnknownSelector,

    /// <summary>The bytes end before the arguments do.</summary>
    Truncated,

    /// <summary>An offset points outside of the bytes.</summary>
    OffsetOutOfRange,

    /// <summary>A length is larger than the bytes that follow it.</summary>
    LengthOutOfRange,

    /// <summary>The arguments have more parts than the bound.</summary>
    TooManyParts,

    /// <summary>The call is nested deeper than <see cref="DecodeBounds.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>The calldata is larger than <see cref="DecodeBounds.MaxCalldataBytes"/>.</summary>
    TooLarge,

    /// <summary>There are fewer inputs than commands.</summary>
    MissingInput,

    /// <summary>Initialisation code of a new contract.</summary>
    Deployment,
}
