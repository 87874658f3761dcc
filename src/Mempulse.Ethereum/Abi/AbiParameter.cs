namespace Mempulse.Ethereum.Abi;

/// <summary>A member of a tuple or an argument of a function.</summary>
/// <param name="Name">Its name; empty where the signature gives none.</param>
/// <param name="Type">Its type.</param>
public sealed record AbiParameter(string Name, AbiType Type);
