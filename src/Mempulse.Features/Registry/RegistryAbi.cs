namespace Mempulse.Features.Registry;

/// <summary>An ABI of a registry file.</summary>
/// <param name="Name">Its name, which is the layout of its functions.</param>
/// <param name="Functions">Its functions.</param>
/// <param name="IsBySelector">True if its functions are also recognised at contracts that the registry does not know.</param>
public sealed record RegistryAbi(string Name, IReadOnlyList<FunctionEntry> Functions, bool IsBySelector);
