namespace Mempulse.Replay.Views;

/// <summary>Receives a waiting transaction.</summary>
/// <param name="tx">The transaction; valid during the call.</param>
public delegate void WaitingVisit(in WaitingTx tx);
