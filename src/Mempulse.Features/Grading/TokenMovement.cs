using Mempulse.Primitives;

namespace Mempulse.Features.Grading;

/// <summary>A token went from one account to another, as its contract logged it. Wrapping and unwrapping of ether are movements from and to the zero account.</summary>
internal readonly record struct TokenMovement(Address Token, Address From, Address To, UInt256 Amount);
