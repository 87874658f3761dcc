namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>A word of the calldata.</summary>
/// <param name="Index">Its number, from 0 after the selector.</param>
/// <param name="FirstByte">Where it begins in the calldata.</param>
/// <param name="Zeros">Its leading zeros, in hex.</param>
/// <param name="Digits">The rest of it, in hex.</param>
/// <param name="Reader">Who reads it; "not read" for bytes outside the layout.</param>
internal sealed record CalldataWord(int Index, int FirstByte, string Zeros, string Digits, string Reader);
