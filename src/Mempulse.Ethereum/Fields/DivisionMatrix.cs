namespace Mempulse.Ethereum.Fields;

/// <summary>What a round of division steps does to (f, g): 2^62 f' = u f + v g, 2^62 g' = q f + r g.</summary>
internal readonly record struct DivisionMatrix(long U, long V, long Q, long R);
