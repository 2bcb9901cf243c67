package org.anticall.ops.sip;

import java.util.List;
import java.util.function.Consumer;
import javax.sip.message.Response;
import org.anticall.ops.desk.CallDistributor;
import org.anticall.ops.desk.DeskCommand;

/**
 * Tells the distributor what happens on the wire, in its own words, and has carried out what that comes to. Owned by the
 * desk's thread.
 */
final class CallReports implements CallEvents, Registrar.Listener {

    private final CallDistributor desk;
    private final int releaseStatus;
    private final Consumer<List<DeskCommand>> carryOut;
    private final Consumer<String> moved;
    private final Consumer<String> over;

    /**
     * @param releaseStatus with it a phone releases a call; 0 if no status does
     * @param moved gets the record id of a call that another seat has now
     * @param over gets the record id of a call of which nothing is left on the wire
     */
    CallReports(
            CallDistributor desk,
            int releaseStatus,
            Consumer<List<DeskCommand>> carryOut,
            Consumer<String> moved,
            Consumer<String> over) {
        this.desk = desk;
        this.releaseStatus = releaseStatus;
        this.carryOut = carryOut;
        this.moved = moved;
        this.over = over;
    }

    @Override
    public void answered(String recordId, String seat) {
        carryOut(desk.answered(recordId, seat));
    }

    @Override
    public void refused(String recordId, String seat, int status) {
        if (status == releaseStatus) {
            carryOut(desk.release(recordId));
        } else if (status == Response.NOT_ACCEPTABLE_HERE) {
            carryOut(desk.misfits(recordId, seat));
        } else if (isAbsence(status)) {
            carryOut(desk.unreachable(recordId, seat));
        } else {
            carryOut(desk.declined(recordId, seat));
        }
    }

    @Override
    public void callerGone(String recordId) {
        carryOut(desk.callerGone(recordId));
    }

    @Override
    public void operatorGone(String recordId) {
        carryOut(desk.operatorGone(recordId));
    }

    @Override
    public void passedOn(String recordId) {
        carryOut(desk.answeredCalls().passedOn(recordId));
    }

    @Override
    public void notPassedOn(String recordId) {
        carryOut(desk.answeredCalls().notPassedOn(recordId));
    }

    @Override
    public void over(String recordId) {
        over.accept(recordId);
    }

    @Override
    public void tookOver(String recordId, String seat) {
        carryOut(desk.answeredCalls().tookOver(recordId, seat));
        moved.accept(recordId);
    }

    @Override
    public void lost(String recordId) {
        carryOut(desk.lost(recordId));
    }

    @Override
    public void arrived(String user) {
        carryOut(desk.attendance().signIn(user));
    }

    @Override
    public void left(String user) {
        carryOut(desk.attendance().signOut(user));
    }

    /** Whether a phone's final status says that nobody is there, rather than that somebody does not want the call. */
    private static boolean isAbsence(int status) {
        return status == Response.REQUEST_TIMEOUT
                || status == Response.NOT_FOUND
                || status == Response.GONE
                || status / 100 == 5;
    }

    private void carryOut(List<DeskCommand> commands) {
        carryOut.accept(commands);
    }
}
