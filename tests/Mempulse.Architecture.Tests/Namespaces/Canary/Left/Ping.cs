using Mempulse.Architecture.Tests.Namespaces.Canary.Right;

namespace Mempulse.Architecture.Tests.Namespaces.Canary.Left;

/// <summary>One half of a cycle that must be caught.</summary>
internal sealed record Ping(Pong? Other);
