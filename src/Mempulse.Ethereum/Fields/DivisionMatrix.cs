namespace Mempulse.Ethereum.Fields;

/// <summary>The effect of a round of division steps on (f, g): 2^62 f' = u f + v g, 2^62 g' = q f + r g.</summary>
internal readonly record struct DivisionMatrix(long U, long V, long Q, long R);
