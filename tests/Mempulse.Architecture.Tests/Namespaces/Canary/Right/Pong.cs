using Mempulse.Architecture.Tests.Namespaces.Canary.Left;

namespace Mempulse.Architecture.Tests.Namespaces.Canary.Right;

/// <summary>The other half.</summary>
internal sealed record Pong(Ping? Other);
