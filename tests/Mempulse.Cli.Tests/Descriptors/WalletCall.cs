using Mempulse.Primitives;

namespace Mempulse.Cli.Tests.Descriptors;

/// <summary>A call with the text that a wallet shows for it.</summary>
/// <param name="Name">The descriptor and what the call does.</param>
/// <param name="Chain">The chain.</param>
/// <param name="Target">The contract.</param>
/// <param name="Value">The ether that is sent.</param>
/// <param name="Data">The calldata.</param>
/// <param name="Shown">The text without spaces; empty if it is missing.</param>
internal sealed record WalletCall(string Name, ChainId Chain, Address Target, UInt256 Value, byte[] Data, string Shown);
