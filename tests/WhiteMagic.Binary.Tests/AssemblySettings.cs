// The instruments measure times and use both cores themselves: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
