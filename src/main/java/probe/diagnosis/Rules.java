package probe.diagnosis;

import java.util.List;

/**
 * All rules, in the order in which their evidence is shown and, among equals, heard: what this machine knows of itself
 * comes first, then the journey from the name to the answer. To add a rule, add its line.
 */
final class Rules {

    /** The rules. */
    static final List<Rule> ALL = List.of(
            OwnMachineRules::onlyThisMachineRunsOutOfItsDescriptors,
            OwnMachineRules::theLocalAddressIsChosenBeforeAnythingIsSent,
            OwnMachineRules::onlyThisMachineForbidsWithIpv4,
            OwnMachineRules::aBlackholeRouteIsInThisMachinesTable,
            OwnMachineRules::anUnreachableAtOnceIsSaidNearby,
            OwnMachineRules::thePoolIsTheClientsOwn,
            OwnMachineRules::anAbortIsOrderedHere,
            OwnMachineRules::aLateTimerSaysThatThisMachineStalled,
            DeadlineRules::anInterruptedRunKnowsOnlyWhereItStood,
            DeadlineRules::theDeadlineCutThePhaseThatWasSlow,
            NameRules::aBareNameNeedsThisMachinesSearchList,
            NameRules::aReservedNameIsNotInThePublicNameSpace,
            NameRules::nobodyServesFromTheUnspecifiedAddress,
            NameRules::aNameThatLeadsBackHereIsThisMachinesEntry,
            ConnectRules::aLimitBelowOneRetransmissionHearsOneLostPacketAsSilence,
            ConnectRules::theKernelItselfGaveUp,
            ConnectRules::aRefusalOnLoopbackIsThisMachinesOwnService,
            ConnectRules::anUnreachableThatTookAWhileIsSaidFurtherOff,
            ConnectRules::theHandshakeProvesNameRouteAndPort,
            ConnectRules::theRawSocketBesideIt,
            ProxyRules::aProxyOutOfReachIsTheClients,
            ProxyRules::aProxySilentAfterConnectMayBeWaitingItself,
            ProxyRules::aProxyThatAsksForALoginMeansItsOwnClient,
            ProxyRules::whatAProxySaysInPlaceOfATunnel,
            ProxyRules::aProxyThatHangsUpIsTheOneThatFailed,
            ProxyRules::aTargetThatTakesDirectConnectionsIsUp,
            ProxyRules::behindAProxyTcpSpeaksOfTheProxy,
            HandshakeRules::aHandshakeThatNeverBeganFailedHere,
            HandshakeRules::aPeerThatAskedForACertificateAndGotNoneSaysNo,
            HandshakeRules::whoeverLeavesOutTls12HasNoVersionInCommon,
            HandshakeRules::whatTheAlertSays,
            HandshakeRules::howTheHandshakeWasEnded,
            HandshakeRules::theRawSocketsHandshakeBesideIt,
            CertificateRules::aSecondClockSettlesTheDates,
            CertificateRules::anExpiredCertificateWasForgottenMoreOftenThanAClockIsFast,
            CertificateRules::aCertificateFromTheFutureMakesTheClockSuspect,
            CertificateRules::aSelfSignedCertificateIsTheServicesChoice,
            CertificateRules::aChainOfOneLacksItsIssuerHereOrThere,
            CertificateRules::aWeakOrMisusedCertificateIsTheServices,
            CertificateRules::theNamesOfTheCertificate,
            CertificateRules::allFaultsOfTheChain,
            WireRules::aLimitBelowTheRoundTripCannotBeMet,
            WireRules::whoeverClosesBeforeTheRequestHasNotSeenIt,
            WireRules::aKeptConnectionThatEndsUnderARequestWasIdleTooLong,
            WireRules::theServersKernelHasTheRequest,
            WireRules::whatIsNotAcknowledgedIsLostOnTheWay,
            WireRules::aResetProvesNothingOfWhatWasNotAcknowledged,
            WireRules::anOrderlyEndIsTheDoingOfTheFarProgram,
            WireRules::aFreshPipeIsBrokenAtTheFarEnd,
            WireRules::aLongSilenceLetsConnectionsBeForgotten,
            WireRules::anAnswerThatHasBegunStallsAtItsSource,
            WireRules::aKernelThatGivesUpOnDataHeardNothingFromTheHost,
            WireRules::anHttp2EndIsWrittenByThePeer,
            ProtocolRules::anotherProtocolAnswersOnAWrongPort,
            ProtocolRules::aServiceThatIsToGreetMayBeWaitingForItsClient,
            ProxyRules::aPlainProxyAnswersInTheTargetsPlace,
            HttpRules::aStatusThatBlamesTheRequest,
            HttpRules::aServerThatWaitedForTheRequest,
            HttpRules::aStatusThatBlamesTheServer,
            HttpRules::aNetworkThatWantsALoginFirst,
            HttpRules::aProxyThatNobodySet);

    private Rules() {}
}
