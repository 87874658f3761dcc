using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;

namespace Mempulse.Grains.Bundles;

/// <summary>A relay and what speaks to it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Client">The client.</param>
/// <param name="Credential">What proves who sends; null for nothing.</param>
internal sealed record RelayChannel(string Name, IRelayClient Client, RelayCredential? Credential);
