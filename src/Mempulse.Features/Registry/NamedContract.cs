namespace Mempulse.Features.Registry;

/// <summary>A contract as a registry file has it.</summary>
/// <param name="Entry">What the registry knows about it.</param>
/// <param name="Abis">The names of its ABIs.</param>
public sealed record NamedContract(ContractEntry Entry, IReadOnlyList<string> Abis);
