using Mempulse.Builder.Dialects;
using Mempulse.Builder.Requests;
using Mempulse.Builder.Sending;

namespace Mempulse.Grains.Bundles;

/// <summary>A relay that bundles are sent to.</summary>
/// <param name="Name">Its name in events and settings.</param>
/// <param name="Dialect">How it is spoken to.</param>
/// <param name="Addresses">Where it is reached.</param>
/// <param name="Credential">What proves to it who sends; null for a relay that needs nothing.</param>
public sealed record RelayPlan(string Name, RelayDialect Dialect, RelayAddresses Addresses, RelayCredential? Credential);
