using Mempulse.Ethereum.Transactions;
using Mempulse.Primitives;

namespace Mempulse.Builder.Execution;

/// <summary>A deployment of the executor that is signed and was not sent.</summary>
/// <param name="Transaction">The signed transaction.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="Contract">The address that the contract will have.</param>
/// <param name="MaxCost">What it costs at most, in wei.</param>
/// <param name="Balance">What the operator has, in wei.</param>
public sealed record DeploymentPlan(SignedTransaction Transaction, Hash256 Hash, Address Contract, UInt256 MaxCost, UInt256 Balance);
