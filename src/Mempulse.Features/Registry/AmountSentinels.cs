namespace Mempulse.Features.Registry;

/// <summary>Words that stand for something other than the number that they are.</summary>
[Flags]
public enum AmountSentinels
{
    /// <summary>Every word is a number.</summary>
    None = 0,

    /// <summary>0 stands for what was paid to the contract before, or for an open balance.</summary>
    Zero = 1,

    /// <summary>1 &lt;&lt; 255 stands for the contract's balance.</summary>
    HighBit = 2,

    /// <summary>2^256 - 1 stands for everything.</summary>
    MaxUInt256 = 4,

    /// <summary>2^128 - 1 stands for everything.</summary>
    MaxUInt128 = 8,

    /// <summary>The number is a share in basis points, never an amount.</summary>
    BasisPoints = 16,
}
