using Mempulse.Features.Registry;

namespace Mempulse.Features.Book;

/// <summary>What does not change about a pool.</summary>
/// <param name="Key">The pool.</param>
/// <param name="Protocol">The protocol, as the registry names it.</param>
/// <param name="Form">How it keeps its state.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Tier">Its fee and the spacing of its ticks.</param>
internal sealed record PoolDescriptor(PoolKey Key, string Protocol, PoolForm Form, TokenPair Tokens, PoolTier Tier);
