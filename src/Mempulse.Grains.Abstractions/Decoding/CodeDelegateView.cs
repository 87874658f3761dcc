using Mempulse.Primitives;

namespace Mempulse.Grains.Abstractions.Decoding;

/// <summary>An account that runs the code of another one.</summary>
/// <param name="Account">The account.</param>
/// <param name="Code">The contract whose code runs.</param>
/// <param name="Kind">How: the number of a <c>DelegateKind</c> of Mempulse.Features.</param>
[GenerateSerializer, Immutable, Alias("mempulse.code-delegate")]
public sealed record CodeDelegateView([property: Id(0)] Address Account, [property: Id(1)] Address Code, [property: Id(2)] int Kind);
