using Mempulse.Primitives;

namespace Mempulse.Features.Registry;

/// <summary>A lending market. Its reserves and their tokens are read from its storage, so that a new one is known without a new registry.</summary>
/// <param name="Contract">The contract that borrowers call.</param>
/// <param name="Name">Its name.</param>
/// <param name="Protocol">The protocol, such as "aave-v3".</param>
/// <param name="Form">How it keeps its state.</param>
/// <param name="Oracle">The contract that prices its tokens; the zero address for a market that does so itself.</param>
public sealed record LendingContract(Address Contract, string Name, string Protocol, LendingForm Form, Address Oracle);
