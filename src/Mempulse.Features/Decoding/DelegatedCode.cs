using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>Whose code an account runs.</summary>
/// <param name="Account">The account that is called.</param>
/// <param name="Code">The contract whose code runs.</param>
/// <param name="Kind">How.</param>
public sealed record DelegatedCode(Address Account, Address Code, DelegateKind Kind);
