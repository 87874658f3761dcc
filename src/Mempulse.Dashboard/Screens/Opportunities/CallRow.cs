namespace Mempulse.Dashboard.Screens.Opportunities;

/// <summary>A call of a simulation.</summary>
/// <param name="Depth">How deep it is, from 0 for a transaction.</param>
/// <param name="Account">The account that is called, in hex.</param>
/// <param name="Name">Its name, or the account in short.</param>
/// <param name="Function">The function, or its selector; the kind of call where neither is known.</param>
/// <param name="Gas">Gas that it used.</param>
/// <param name="Error">How it failed; empty if it did not.</param>
internal sealed record CallRow(int Depth, string Account, string Name, string Function, ulong Gas, string Error);
