namespace NeuroHal.Cli.Resuming;

/// <summary>A run was interrupted and can be resumed.</summary>
/// <param name="message">One line that says where it was and how to go on.</param>
internal sealed class RunInterruptedException(string message) : OperationCanceledException(message);
