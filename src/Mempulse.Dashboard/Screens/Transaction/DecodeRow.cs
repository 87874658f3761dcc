namespace Mempulse.Dashboard.Screens.Transaction;

/// <summary>A line of the decode: a call, a command, or an argument.</summary>
/// <param name="Depth">How deep it is.</param>
/// <param name="Code">The byte of a command; empty for all else.</param>
/// <param name="Name">What it is.</param>
/// <param name="Value">What it says.</param>
/// <param name="Status">decoded, by selector, undecodable; empty for an argument.</param>
/// <param name="IsCertain">True if the status is beyond doubt.</param>
/// <param name="FirstByte">The first byte of the calldata that it was read from; -1 for none.</param>
/// <param name="EndByte">The byte after the last one.</param>
internal sealed record DecodeRow(int Depth, string Code, string Name, string Value, string Status, bool IsCertain, int FirstByte, int EndByte)
{
    /// <summary>True for an argument.</summary>
    public bool IsArgument => Status.Length == 0;

    /// <summary>The account, if the value is one; otherwise null.</summary>
    public string? Account { get; init; }
}
