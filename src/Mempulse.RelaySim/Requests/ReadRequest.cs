using Mempulse.Builder.Requests;

namespace Mempulse.RelaySim.Requests;

/// <summary>A request that was read.</summary>
/// <param name="Id">Its JSON-RPC id.</param>
/// <param name="Command">What it asks for.</param>
internal sealed record ReadRequest(ulong Id, RelayCommand Command);
