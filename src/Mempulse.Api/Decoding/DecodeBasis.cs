using Mempulse.Features.Grading;
using Mempulse.Features.Registry;

namespace Mempulse.Api.Decoding;

/// <summary>What a chain's calls are decoded by.</summary>
/// <param name="Registry">The registry in force.</param>
/// <param name="Trust">Which amounts are certain.</param>
internal sealed record DecodeBasis(ContractRegistry Registry, DecodeTrust Trust);
